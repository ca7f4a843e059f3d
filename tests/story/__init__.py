"""The whole product at work: real window, keys, head-office process and files, and a printer on a real socket."""
