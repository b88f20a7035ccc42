"""What is searched for, and how texts are made comparable with it. Pure: no input or output."""
