# -*- coding: utf-8 -*-
# from the web page of an old course
def app(environ, start_response):
    name = environ['PATH_INFO'][1:]
    if '/' in name:
        start_response('404 NOT FOUND', [('Content-Type', 'text/plain')])
        return ['Not Found']
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    if not name:
        return ['Hello, World!']
    return ['hello, %s' % name]
