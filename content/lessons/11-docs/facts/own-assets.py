"""add a route that returns get_swagger_ui_html(openapi_url=..., title=..., swagger_js_url=..., swagger_css_url=...)"""
from fastapi.openapi.docs import get_swagger_ui_html

own = {"openapi_url": "/openapi.json", "swagger_js_url": "/static/ui.js", "swagger_css_url": "/static/ui.css"}
try:
    get_swagger_ui_html(**own)
except TypeError as error:
    print("TypeError:", error)
page = get_swagger_ui_html(title="Docs", **own).body.decode()
print("own script:", "/static/ui.js" in page, "inline script:", "<script>" in page)
