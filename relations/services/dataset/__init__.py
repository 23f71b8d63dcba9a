"""The dataset: files to rows and rows to files, without losing what editors did in between; and the report on its sanity."""

from .checking import CheckReport, check
from .export import ExportRefused, ExportReport, export
from .load import load
from .report import DatasetRefused, LoadReport

__all__ = ["CheckReport", "DatasetRefused", "ExportRefused", "ExportReport", "LoadReport", "check", "export", "load"]
