from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "gangmu.documents"
    label = "documents"
