mod flag;
