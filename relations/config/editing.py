"""The admin of the project: Django's own, with a site that groups the records and greets by the product's name."""

from django.contrib.admin.apps import AdminConfig


class EditingConfig(AdminConfig):
    default_site = "relations.config.admin_site.EditingSite"
