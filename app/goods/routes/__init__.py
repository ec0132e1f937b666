"""Doors of the goods kept by hand, below /administration: products, brands, categories."""

from app.goods.routes.analogues import routes as analogues
from app.goods.routes.brands import routes as brands
from app.goods.routes.categories import routes as categories
from app.goods.routes.documents import routes as documents
from app.goods.routes.merging import routes as merging
from app.goods.routes.pictures import routes as pictures
from app.goods.routes.products import routes as products
from app.goods.routes.sale import routes as sale
from app.goods.routes.stocks import routes as stocks

routes = [*products, *pictures, *documents, *analogues, *stocks, *sale, *brands, *categories, *merging]
