"""Articles among each other: copies of one report, stories of one event, disputes within them."""
