"""What can be done to accounts. Every door calls these."""

from accounts.services.api_tokens import (
    ApiTokenNotFound,
    api_token_of,
    create_api_token,
    looks_like_api_token,
    revoke_all_api_tokens,
    revoke_api_token,
)
from accounts.services.budgets import (
    BudgetInvalid,
    BudgetState,
    begin_month,
    budget_of,
    reservation,
    set_budget,
    settle,
)
from accounts.services.demo import ensure_demo_user
from accounts.services.erasure import delete_account, erase_user, sweep_logins
from accounts.services.logins import (
    InvalidCredentials,
    LoginRevoked,
    TokenPair,
    TokenReused,
    login_of_access_token,
    rotate_login,
    start_login,
    start_session,
    verify_password,
)
from accounts.services.passwords import (
    PasswordWeak,
    PasswordWrong,
    change_password,
    check_password_policy,
    confirm_password,
    request_password_reset,
    reset_password,
)
from accounts.services.registration import (
    EmailTaken,
    RegistrationClosed,
    register_user,
    request_email_verification,
    verify_email,
)
from accounts.services.revocation import (
    LoginNotFound,
    revoke_all_logins,
    revoke_login,
    revoke_login_of_token,
)
from accounts.services.usage import note_use
from accounts.services.users import Preferences, readmit_user, suspend_user, update_user

__all__ = [
    "ApiTokenNotFound",
    "BudgetInvalid",
    "BudgetState",
    "EmailTaken",
    "InvalidCredentials",
    "LoginNotFound",
    "LoginRevoked",
    "PasswordWeak",
    "PasswordWrong",
    "Preferences",
    "RegistrationClosed",
    "TokenPair",
    "TokenReused",
    "api_token_of",
    "begin_month",
    "budget_of",
    "change_password",
    "check_password_policy",
    "confirm_password",
    "create_api_token",
    "delete_account",
    "ensure_demo_user",
    "erase_user",
    "login_of_access_token",
    "looks_like_api_token",
    "note_use",
    "readmit_user",
    "register_user",
    "request_email_verification",
    "request_password_reset",
    "reservation",
    "reset_password",
    "revoke_all_api_tokens",
    "revoke_all_logins",
    "revoke_api_token",
    "revoke_login",
    "revoke_login_of_token",
    "rotate_login",
    "set_budget",
    "settle",
    "start_login",
    "start_session",
    "suspend_user",
    "sweep_logins",
    "update_user",
    "verify_email",
    "verify_password",
]
