"""A shop with Django REST framework, whose document drf-spectacular writes: `app.py PORT`."""

import datetime
import sys
import tempfile
import uuid

from django.conf import settings

settings.configure(
    DEBUG=True,
    SECRET_KEY="test",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "rest_framework",
        "rest_framework.authtoken",
        "drf_spectacular",
        "django_filters",
    ],
    # The connection of the main thread keeps the database in memory.
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": "file:shop?mode=memory&cache=shared",
            "OPTIONS": {"uri": True},
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    MEDIA_ROOT=tempfile.mkdtemp(),
    MEDIA_URL="/media/",
    USE_TZ=True,
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "PAGE_SIZE": 3,
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "rest_framework.authentication.TokenAuthentication",
            "rest_framework.authentication.BasicAuthentication",
        ],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    },
    SPECTACULAR_SETTINGS={"TITLE": "Shop", "VERSION": "1.0", "COMPONENT_SPLIT_REQUEST": True},
)

import django

django.setup()

from django.conf.urls.static import static
from django.core.management import call_command
from django.db import connection, models
from django.urls import include, path
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema, inline_serializer
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework import decorators, generics, pagination, response, routers, serializers, viewsets
from rest_framework.authtoken.views import obtain_auth_token


class Author(models.Model):
    name = models.CharField(max_length=100)

    class Meta:
        app_label = "shop"


class Item(models.Model):
    class Color(models.TextChoices):
        RED = "red", "Red"
        BLUE = "blue", "Blue"

    class Size(models.IntegerChoices):
        SMALL = 1, "Small"
        LARGE = 2, "Very large"

    title = models.CharField(max_length=100)
    color = models.CharField(max_length=10, choices=Color.choices, blank=True)
    second_color = models.CharField(max_length=10, choices=Color.choices, null=True, blank=True)
    size = models.IntegerField(choices=Size.choices, null=True, blank=True)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    weight = models.FloatField(null=True, blank=True)
    made = models.DateField(null=True, blank=True)
    opens = models.TimeField(null=True, blank=True)
    took = models.DurationField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    manual = models.FileField(upload_to="manuals", null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        app_label = "shop"
        ordering = ["id"]


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = "__all__"


class WriterSerializer(AuthorSerializer):
    pass


class ItemSerializer(serializers.ModelSerializer):
    author_detail = AuthorSerializer(source="author", read_only=True, allow_null=True)
    label = serializers.SerializerMethodField()

    class Meta:
        model = Item
        fields = "__all__"

    def get_label(self, item) -> str:
        return item.title.upper()


class CatSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["cat"])
    lives = serializers.IntegerField()


class DogSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["dog"])
    barks = serializers.BooleanField()


class Cursor(pagination.CursorPagination):
    ordering = "id"
    page_size = 2


class Offset(pagination.LimitOffsetPagination):
    default_limit = 2


class Items(viewsets.ModelViewSet):
    queryset = Item.objects.all()
    serializer_class = ItemSerializer
    filterset_fields = ["color", "size", "author"]

    @extend_schema(request=inline_serializer("Discount", {"percent": serializers.IntegerField()}))
    @decorators.action(detail=True, methods=["post"])
    def discount(self, request, pk=None):
        item = self.get_object()
        item.price = item.price * (100 - int(request.data["percent"])) / 100
        item.save()
        return response.Response(self.get_serializer(item).data)

    @extend_schema(
        responses=inline_serializer(
            "Stats", {"count": serializers.IntegerField(), "colors": serializers.DictField(child=serializers.IntegerField())}
        ),
        parameters=[
            OpenApiParameter("since", datetime.date),
            OpenApiParameter("color", str, many=True, enum=["red", "blue"]),
        ],
        filters=False,
    )
    @decorators.action(detail=False, pagination_class=None)
    def stats(self, request):
        colors = request.query_params.getlist("color")
        counts = {color: Item.objects.filter(color=color).count() for color in colors}
        return response.Response({"count": Item.objects.count(), "colors": counts})


class Authors(viewsets.ModelViewSet):
    queryset = Author.objects.order_by("id")
    serializer_class = AuthorSerializer
    pagination_class = Cursor


class Writers(generics.ListAPIView):
    queryset = Author.objects.order_by("id")
    serializer_class = WriterSerializer
    pagination_class = Offset


class Pets(generics.GenericAPIView):
    queryset = Author.objects.none()
    pagination_class = None
    filter_backends = []

    # The mapping of this discriminator contradicts the constants of its members.
    @extend_schema(
        responses=PolymorphicProxySerializer(
            component_name="Pet",
            serializers=[CatSerializer, DogSerializer],
            resource_type_field_name="kind",
            many=True,
        )
    )
    def get(self, request):
        return response.Response([{"kind": "cat", "lives": 9}, {"kind": "dog", "barks": True}])


router = routers.DefaultRouter()
router.register("items", Items)
router.register("authors", Authors)
urlpatterns = [
    path("api/", include(router.urls)),
    path("api/writers/", Writers.as_view()),
    path("api/pets/", Pets.as_view()),
    path("api/token/", obtain_auth_token),
    path("openapi.json", SpectacularJSONAPIView.as_view(permission_classes=[], authentication_classes=[])),
]


def fill():
    from django.contrib.auth.models import User

    call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Author)
        editor.create_model(Item)
    User.objects.create_superuser("admin", "admin@example.com", "secret")
    for index in range(5):
        Author.objects.create(name=f"Author {index}")
    for index in range(7):
        Item.objects.create(title=f"Item {index}", price="9.99", color="red" if index % 2 else "")


if __name__ == "__main__":
    fill()
    call_command("runserver", f"127.0.0.1:{sys.argv[1]}", "--noreload", "--skip-checks")
