"""The whole product at work: real window, real keys, real head-office process, real files, a printer on a real socket."""
