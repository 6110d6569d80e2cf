"""What is owed, by whom and by when: the definitions of duties and the plain rules that read them."""
