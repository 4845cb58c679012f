"""Language packs: one folder a language, data only, and the loader that reads them."""

from ondit.languages.packs import Pack, PackError, available_languages, install_layers, installed_layers, load_pack

__all__ = ["Pack", "PackError", "available_languages", "install_layers", "installed_layers", "load_pack"]
