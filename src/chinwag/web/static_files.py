"""The site's own style sheets and scripts, by names that change with what they hold."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names every file after its content, so that a browser may keep it for ever."""

    support_js_module_import_aggregation = True
    manifest_strict = True
