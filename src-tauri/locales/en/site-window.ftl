# A site's own window: whose page it is, and what was refused there.
site-window-title = Rekey: the site's window
site-window-back = Back
site-window-forward = Forward
site-window-reload = Load again
site-window-smaller = Smaller
site-window-larger = Larger
site-window-find = Find on this page
site-window-secure = The connection to this site is encrypted
site-window-this-computer = This site runs on your own computer
site-window-insecure = Not encrypted: Rekey fills in nothing here
site-window-no-site = No site
site-window-notice = Notice
site-window-unreachable = The page could not be loaded. Check the connection, then load it again.
site-window-tls = The site's certificate is not valid, so nothing was opened. Whoever sits in between could read along. Try again later or in another network.
site-window-download = Downloads are not opened here. Fetch the file in your everyday browser.
site-window-other-program = The page wanted to open another program. Rekey does not do that.
site-window-permission = The page asked for the camera, the microphone, your location or the like. Rekey said no.
