"""The plugin's life cycle: what it adds to QGIS, and taking all of it away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QIcon

from .client.batching import Batcher
from .client.http_client import RuntimeClient
from .client.launcher import Launcher
from .client.model_store import ModelStore
from .client.remote import remote_of
from .client.teaching import Teacher
from .core.language import install_translator
from .processing.provider import TerraScopeProvider
from .settings import PLUGIN_ROOT, Settings

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .compat import QAction
    from .gui.dock import TerraScopeDock
    from .gui.options import OptionsFactory

MENU = "TerraScope"


class TerraScopePlugin:
    """The plugin as QGIS holds it; in qgis_process there is no `iface` and only `initProcessing` is called.

    Args:
        iface: of the running QGIS, None without a window.
    """

    def __init__(self, iface: QgisInterface | None) -> None:
        self.iface = iface
        self.launcher = Launcher(
            lambda: Settings.load().interpreter(),
            PLUGIN_ROOT,
            lambda: Settings.load().device,
            lambda: Settings.load().unix_socket,
        )
        self.client = RuntimeClient(self.launcher, lambda: remote_of(Settings.load()))
        self.store = ModelStore(lambda: Settings.load().interpreter(), PLUGIN_ROOT, self.client)
        self.provider: TerraScopeProvider | None = None
        self.dock: TerraScopeDock | None = None
        self._action: QAction | None = None
        self._models_action: QAction | None = None
        self._runtime_action: QAction | None = None
        self._help_action: QAction | None = None
        self._translator = install_translator()
        self._options: OptionsFactory | None = None

    def initProcessing(self) -> None:
        """Add the provider; QGIS calls this alone in qgis_process."""
        if self.provider is None:
            runtime = (lambda: Settings.load().interpreter(), PLUGIN_ROOT)
            self.provider = TerraScopeProvider(self.client, Teacher(*runtime), Batcher(*runtime))
            QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add the provider, four actions to the Raster menu, one of them to the toolbar, and a page of options."""
        from .compat import QAction
        from .gui.help_button import ICON, open_page
        from .gui.options import OptionsFactory

        self.initProcessing()
        self._action = QAction(
            QIcon(str(PLUGIN_ROOT / "resources" / "icons" / "terrascope.svg")), "TerraScope", self.iface.mainWindow()
        )
        self._action.setObjectName("TerraScopeAction")
        self._action.setToolTip(QCoreApplication.translate("TerraScope", "Ask a question about a scene"))
        self._action.setCheckable(True)
        self._action.triggered.connect(self.show_dock)
        self.iface.addPluginToRasterMenu(MENU, self._action)
        self.iface.addRasterToolBarIcon(self._action)
        self._models_action = QAction(QCoreApplication.translate("TerraScope", "Models…"), self.iface.mainWindow())
        self._models_action.setObjectName("TerraScopeModelsAction")
        self._models_action.triggered.connect(lambda: self.show_dock().show_models())
        self.iface.addPluginToRasterMenu(MENU, self._models_action)
        self._runtime_action = QAction(QCoreApplication.translate("TerraScope", "Runtime…"), self.iface.mainWindow())
        self._runtime_action.setObjectName("TerraScopeRuntimeAction")
        self._runtime_action.triggered.connect(lambda: self.show_dock().show_runtime())
        self.iface.addPluginToRasterMenu(MENU, self._runtime_action)
        self._help_action = QAction(
            QgsApplication.getThemeIcon(ICON), QCoreApplication.translate("TerraScope", "Help"), self.iface.mainWindow()
        )
        self._help_action.setObjectName("TerraScopeHelpAction")
        self._help_action.triggered.connect(lambda: open_page("index"))
        self.iface.addPluginToRasterMenu(MENU, self._help_action)

        self._options = OptionsFactory(
            lambda: self.show_dock().show_models(), lambda: self.show_dock().show_runtime(), self._settings_changed
        )
        self.iface.registerOptionsWidgetFactory(self._options)

    def show_dock(self, shown: bool = True) -> TerraScopeDock:
        """Open or close the dock; it is made when it is first wanted."""
        if self.dock is None:
            from .gui.dock import TerraScopeDock
            from .gui.first_run import FirstRunPage

            self.dock = TerraScopeDock(self.iface, self.client, self.store)
            self.dock.add_first_run(FirstRunPage(self.launcher.stop, self.launcher.output, client=self.client))
            self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
            self.dock.visibilityChanged.connect(self._follow_dock)
            self.provider.taught.connect(self.dock.list_models)
        self.dock.setUserVisible(shown)
        return self.dock

    def unload(self) -> None:
        """Undo everything: the dock and its work, menu, toolbar, provider, runtime, translator."""
        if self.dock is not None:
            self.dock.visibilityChanged.disconnect(self._follow_dock)
            self.provider.taught.disconnect(self.dock.list_models)
            self.dock.close_down()
            self.iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        if self._action is not None:
            self.iface.removeRasterToolBarIcon(self._action)
            for action in (self._action, self._models_action, self._runtime_action, self._help_action):
                self.iface.removePluginRasterMenu(MENU, action)
                action.deleteLater()
            self._action = self._models_action = self._runtime_action = self._help_action = None
        if self._options is not None:
            self.iface.unregisterOptionsWidgetFactory(self._options)
            self._options = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        self.launcher.stop()
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    def _settings_changed(self) -> None:
        """The page of options was accepted."""
        if self.dock is not None:
            self.dock.settings_changed()

    def _follow_dock(self, visible: bool) -> None:
        """The action shows whether the dock is open, however it was opened or closed."""
        self._action.setChecked(visible or self.dock.isUserVisible())
