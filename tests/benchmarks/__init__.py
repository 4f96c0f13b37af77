"""The benchmark behind `make bench`: this dashboard beside a plain one, in interleaved runs, as ratios of medians."""
