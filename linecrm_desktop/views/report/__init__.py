"""Reports on paper: blocks that flow over the pages of a PDF file or a printer, with the charts of the window."""
