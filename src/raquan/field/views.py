"""The routes of the field app: sign-in, the day's data, sync, bundles, spare keys, readiness."""

from django.http import HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response

from raquan.field import shapes
from raquan.field.bundles import deliver
from raquan.field.day import day_for, keys_said
from raquan.field.entry import field_route, read_json
from raquan.field.receiving import receive
from raquan.field.spares import open_spare
from raquan.forms import queries as forms
from raquan.kernel import clock
from raquan.kernel.refused import NotFound
from raquan.people import commands as people
from raquan.ui.http import Request


@field_route("POST", keyed=False)
def sign_in(request: Request) -> HttpResponse:
    """Sign a phone in by its person's code."""
    asked = shapes.read_sign_in(read_json(request))
    found = people.field_sign_in(
        code=asked.code,
        label=asked.label,
        client_id=asked.client_id,
        address=request.META.get("REMOTE_ADDR", ""),
        now=request.now,
        real_now=clock.real_now(),
    )
    said = {
        "key": found.key,
        "device": {"id": str(found.device_id), "number": found.device_number, "label": found.device_label},
        "person": {"id": str(found.person_id), "name": found.person_name},
        "valid_until": found.valid_until.isoformat(),
        "server_time": request.now.isoformat(timespec="milliseconds"),
        **keys_said(),
    }
    return JsonResponse(said)


@field_route("GET")
def day(request: Request) -> HttpResponse:
    """Give what the phone stores for a day without a signal, or 304 when it has that already."""
    said, etag = day_for(request.actor, request.now)
    answer = JsonResponse(said)
    answer["ETag"] = f'"{etag}"'
    answer["Cache-Control"] = "private, no-cache"
    found = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return HttpResponse(status=304, headers=answer.headers) if found is not answer else answer


@field_route("GET")
def form(request: Request, form_id: str) -> HttpResponse:
    """Give the bytes of a form that is offered, or 304 when the phone has them."""
    offered = forms.forms_for(request.actor, form_id=form_id)
    if not offered:
        raise NotFound()
    answer = HttpResponse(forms.form_xml(request.actor, form_id, offered[0].version).xml, "text/xml; charset=utf-8")
    answer["ETag"] = f'"{offered[0].md5}"'
    answer["Cache-Control"] = "private, no-cache"
    found = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return HttpResponse(status=304, headers=answer.headers) if found is not answer else answer


@field_route("POST")
def sync(request: Request) -> HttpResponse:
    """Take a batch of records; a verdict and a receipt for each, once all that is taken is committed."""
    batch = shapes.read_batch(read_json(request))
    return JsonResponse(receive(by=request.actor, now=request.now, batch=batch))


@field_route("POST")
def relay(request: Request) -> HttpResponse:
    """Take a bundle that another phone has sealed; the answer is signed for that phone, and carried back to it."""
    delivered = deliver(read_json(request), carrier=request.actor, now=request.now)
    return JsonResponse(delivered.said)


@field_route("POST")
def spare(request: Request) -> HttpResponse:
    """Give the data key of an earlier sign-in of the same person on the same phone, whose code is lost."""
    return JsonResponse({"data_key": open_spare(read_json(request), by=request.actor)})


@field_route("POST")
def ready(request: Request) -> HttpResponse:
    """Note what the phone holds before it leaves the signal."""
    said = shapes.read_ready(read_json(request))
    people.report_readiness(
        by=request.actor,
        now=request.now,
        app=said.app,
        form_version=said.form_version,
        outing_codes=said.outing_codes,
        guides=said.guides,
        stored_bytes=said.stored_bytes,
        is_persisted=said.is_persisted,
        unsent=said.unsent,
    )
    return HttpResponse(status=204)
