# EXPECT: fail returns
# Another interface: ASGI calls with three arguments, and awaits.
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Hello, World!"})
