"""What may be asked about exports, imports and webhooks: everybody sees their own."""

from raquan.exchange.queries.transfers import (
    EXPORTS,
    IMPORTS,
    ExportFile,
    ExportView,
    ImportRefusalView,
    ImportView,
    export,
    export_file,
    exports,
    import_,
    import_refusals,
    imports,
)
from raquan.exchange.queries.webhooks import (
    DELIVERIES,
    DeliveryView,
    WebhookView,
    deliveries,
    has_changes,
    webhook,
    webhook_secret,
    webhooks,
)

__all__ = [
    "DELIVERIES",
    "EXPORTS",
    "IMPORTS",
    "DeliveryView",
    "ExportFile",
    "ExportView",
    "ImportRefusalView",
    "ImportView",
    "WebhookView",
    "deliveries",
    "export",
    "export_file",
    "exports",
    "has_changes",
    "import_",
    "import_refusals",
    "imports",
    "webhook",
    "webhook_secret",
    "webhooks",
]
