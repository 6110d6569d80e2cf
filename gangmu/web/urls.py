"""The pages and their addresses. Each view declares its policy; a test walks role × address."""

from django.urls import path

from gangmu.web.views import components, desk, documents, facts, figures, ledger, preferences, record, sign_in, units

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("units", units.units, name="units"),
    path("units/options", units.unit_options, name="unit-options"),
    path("units/<str:org>", units.unit, name="unit"),
    path("units/<str:org>/figures", figures.unit_figures, name="unit-figures"),
    path("units/<str:org>/figures.csv", figures.unit_figures_csv, name="unit-figures-csv"),
    path("figures", figures.figures, name="figures"),
    path("figures/<str:org>/<str:key>", figures.figure, name="figure"),
    path("figures/<str:org>/<str:key>/csv", figures.figure_csv, name="figure-csv"),
    path("facts", facts.facts, name="facts"),
    path("facts.csv", facts.facts_csv, name="facts-csv"),
    path("facts/<str:fact_id>", facts.fact, name="fact"),
    path("facts/<str:fact_id>/proof", facts.fact_proof, name="fact-proof"),
    path("facts/<str:fact_id>/reverse", record.fact_reverse, name="fact-reverse"),
    path("facts/<str:fact_id>/restate", record.fact_restate, name="fact-restate"),
    path("record", record.record, name="record"),
    path("record/<str:kind>", record.record_kind, name="record-kind"),
    path("ledger", ledger.ledger_page, name="ledger"),
    path("ledger/checkpoint", ledger.checkpoint, name="ledger-checkpoint"),
    path("documents", documents.documents, name="documents"),
    path("documents/<str:document>", documents.document, name="document"),
    path("documents/<str:document>/bind", documents.document_bind, name="document-bind"),
    path("documents/<str:document>/discard", documents.document_discard, name="document-discard"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("preferences", preferences.preferences, name="preferences"),
    path("components", components.components, name="components"),
]
