"""Mounts each slice's pages. Every URL declares its policy, or the server refuses to start."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
