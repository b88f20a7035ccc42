"""What the list of posts shows beside its rows, and the stories behind them."""
