"""What staff may do beyond looking at rows and changing them; `voice2task.staff` gives it to roles."""

from __future__ import annotations

from django.http import HttpRequest

# See titles, texts, requests and recordings of users; what one sees is recorded for them.
SEE_CONTENT = "staff.see_content"
# Send a link for a new password, end logins.
ASSIST = "staff.assist"
# Take a user's data out, delete a user.
TAKE_OUT = "staff.take_out"
# Say who is staff, and act on users who are.
APPOINT = "staff.appoint"


def sees_content(request: HttpRequest) -> bool:
    return request.user.has_perm(SEE_CONTENT)
