"""The LINE accounts of a shop: the first one and further channels, and by which id each of them knows a friend."""
