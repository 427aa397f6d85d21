"""The plan of a map, shared by guide and deck: shapes on the page, labels apart, events numbered."""
