"""The plugin's log: three files on the engine, which `dvp download-logs` fetches."""

import logging

from dlpx.virtualization import libs

logger = logging.getLogger("staged-directory")
logger.setLevel(logging.DEBUG)
logger.addHandler(libs.PlatformHandler())
