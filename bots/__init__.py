"""Every door: command line, web page and API. A door receives an assistant and never builds one."""
