"""What the user has chosen, kept in QGIS's settings under one group."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsSettings

from .client.runtime_home import interpreter_in, profile_home, runtime_requirements

GROUP = "terrascope_qgis"
PLUGIN_ROOT = Path(__file__).resolve().parents[1]
DEVICES = ("auto", "cpu", "cuda", "mps")
PROJECT_ELLIPSOID = "project"
NO_ELLIPSOID = "NONE"  # as QGIS says that a project measures on a plane
METRIC, US = "metric", "us"
UNITS = ("", METRIC, US)


@dataclass
class Settings:
    """The plugin's settings; read once per action, never held.

    Args:
        runtime_python: interpreter of the runtime's environment; empty: look for it (see `interpreter`).
        runs_folder: where each answer's GeoPackage is kept; empty: `terrascope/runs` in the QGIS profile.
        model: id of a model the runtime knows, or a model folder.
        model_name: of that model, for people.
        model_folders: model folders of the user's own, one per line.
        tier: how weights are kept in memory: "auto", "fp32", "bf16", "int8", "fp8" or "int4".
        sign_in: QGIS's authentication configuration for the model hub; empty: none.
        profile: reasoning profile, "paper" or "published".
        add_layers: add the layers to the project as soon as the answer is there.
        wheels_folder: folder to install the runtime from without a network; empty: from the package index.
        device: for the runtime to compute on: "auto", "cpu", "mps", "cuda", "cuda:1".
        stretch: of optical images: "auto", or "percentiles" for relative brightness.
        ellipsoid: to measure on, as QGIS names it; empty: the scene's own; "project": the project's.
        language: of the plugin's texts, two letters; empty: QGIS's.
        units: that figures are shown in: "metric", "us"; empty: those of QGIS's locale.
        remote_url: of a runtime on another machine, `https://host:port`, or `http://127.0.0.1:port` for a tunnel;
            empty: the runtime is on this machine.
        remote_sign_in: QGIS's authentication configuration with the remote runtime's key.
        unix_socket: the runtime of this machine listens on a file that only its user can open instead of a port, where
            the system can; set in QGIS's advanced settings.
        torch_index: address of an index of PyTorch builds, for installing; empty: the package index's own build.
    """

    runtime_python: str = ""
    runs_folder: str = ""
    model: str = "nano"
    model_name: str = "terrascope-nano"
    model_folders: str = ""
    tier: str = "auto"
    sign_in: str = ""
    profile: str = "paper"
    add_layers: bool = True
    wheels_folder: str = ""
    torch_index: str = ""
    device: str = "auto"
    stretch: str = "auto"
    ellipsoid: str = ""
    language: str = ""
    units: str = ""
    remote_url: str = ""
    remote_sign_in: str = ""
    unix_socket: bool = False

    @classmethod
    def load(cls) -> Settings:
        """Read the settings; what was never set has its default."""
        store = QgsSettings()

        def kept(name: str, default: object) -> object:
            try:
                value = store.value(GROUP + "/" + name, default, type=type(default))
            except TypeError:  # what is kept is of another kind: somebody else wrote it
                return default
            return value if isinstance(value, type(default)) else default

        return cls(**{field.name: kept(field.name, field.default) for field in fields(cls)})

    @staticmethod
    def kept_units() -> str:
        """`units` alone: it is asked for with every figure."""
        return str(QgsSettings().value(GROUP + "/units", ""))

    def save(self) -> None:
        """Write every setting."""
        store = QgsSettings()
        for field in fields(self):
            store.setValue(GROUP + "/" + field.name, getattr(self, field.name))

    def interpreter(self) -> str:
        """The runtime's Python: as set, else TERRASCOPE_RUNTIME_PYTHON, else of the profile, else of the checkout.

        The path may not exist; the launcher says so in words.
        """
        return self.interpreter_and_origin()[0]

    def interpreter_and_origin(self) -> tuple[str, str]:
        """The runtime's Python, and where that is from: "setting", "variable", "profile" or "checkout"."""
        if self.runtime_python:
            return self.runtime_python, "setting"
        if named := os.environ.get("TERRASCOPE_RUNTIME_PYTHON", ""):
            return named, "variable"
        installed = profile_home().interpreter(runtime_requirements(PLUGIN_ROOT))
        if installed is not None:
            return str(installed), "profile"
        return str(interpreter_in(PLUGIN_ROOT / ".envs" / "runtime")), "checkout"

    @staticmethod
    def is_device(name: str) -> bool:
        """Whether the runtime may know a device of this name."""
        return name in DEVICES or re.fullmatch(r"cuda:\d{1,2}", name) is not None

    def measured_on(self, project: QgsProject) -> str | None:
        """The ellipsoid to measure on, as QGIS names it; None: that of the scene."""
        chosen = project.ellipsoid() if self.ellipsoid == PROJECT_ELLIPSOID else self.ellipsoid
        return chosen if chosen not in ("", NO_ELLIPSOID) else None

    def model_title(self) -> str:
        """The chosen model's name; of a folder, the last part of its path."""
        return Path(self.model).name if Path(self.model).is_absolute() else self.model_name

    def model_id(self) -> str:
        """The chosen model as the runtime lists it, which knows folders by their real path."""
        return str(Path(self.model).resolve()) if Path(self.model).is_absolute() else self.model

    def own_folders(self) -> list[str]:
        """The model folders of the user's own that are there, the chosen one among them."""
        named = [*self.model_folders.splitlines(), *([self.model] if Path(self.model).is_absolute() else [])]
        return list(dict.fromkeys(str(Path(folder).resolve()) for folder in named if Path(folder).is_dir()))

    def add_folder(self, folder: str) -> None:
        """Add a folder to the user's own, and keep that."""
        self.model_folders = "\n".join(dict.fromkeys([*self.own_folders(), folder]))
        self.save()

    def forget_folder(self, folder: str) -> None:
        """Take a folder off the user's own, and keep that; the folder itself stays."""
        self.model_folders = "\n".join(one for one in self.own_folders() if one != folder)
        self.save()

    def runs(self) -> Path:
        """The folder for runs; made when the first one is written."""
        if self.runs_folder:
            return Path(self.runs_folder)
        return Path(QgsApplication.qgisSettingsDirPath()) / "terrascope" / "runs"
