"""Answering a request to put right what is old or closed: agree or not, with a word."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gangmu.kernel.problems import NotFound, Refused
from gangmu.orgs.permissions import Permission
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import refused
from gangmu.records import corrections
from gangmu.web.views.facts import fact_context, seen

ANSWERS = {"confirm": corrections.confirm, "decline": corrections.decline}


@policy(Permission.REVERSE, object="fact")
def fact_answer(request: SignedIn, fact_id: str) -> HttpResponse:
    """POST answers the request; GET is the request itself."""
    found = seen(request, fact_id)
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if request.method != "POST" or answer is None:
        return HttpResponseRedirect(reverse("fact", args=[found.id]) + "#answer")
    typed = request.POST
    try:
        answer(found.id, typed.get("word", ""), by=request.actor, idem=typed.get("idem", ""))
    except NotFound:
        raise
    except Refused as refusal:
        return refused(request, "web/fact.html", fact_context(request, found, typed), refusal.problems)
    return HttpResponseRedirect(reverse("fact", args=[found.id]))
