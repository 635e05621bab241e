// Says in words what happened, to those who see and to those who listen.

const told = document.getElementById("told");

export const words = told.dataset;

export const say = (text) => {
  told.textContent = "";
  requestAnimationFrame(() => { told.textContent = text; });
};
