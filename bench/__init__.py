"""Speed and memory, as figures anyone can take again: `make bench`. Compare inside one run; machines differ."""
