from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

# Serves the packages' scripts and style sheets too, which Django alone does only while debugging.
application = StaticFilesHandler(get_wsgi_application())
