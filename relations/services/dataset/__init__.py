"""The dataset: files to rows and rows to files, without losing what editors did in between."""

from .export import ExportRefused, ExportReport, export
from .load import load
from .report import DatasetRefused, LoadReport

__all__ = ["DatasetRefused", "ExportRefused", "ExportReport", "LoadReport", "export", "load"]
