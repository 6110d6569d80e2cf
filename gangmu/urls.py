"""Mounts each slice's pages. Every URL declares its policy, or the server refuses to start."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gangmu.web.urls")),
    path("api/v1/", include("gangmu.api.urls")),
]

handler400 = "gangmu.wiring.refusals.bad"
handler404 = "gangmu.wiring.refusals.missing"
handler500 = "gangmu.wiring.refusals.broken"
