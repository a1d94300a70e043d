raise SystemExit("a module of the submission was imported")
