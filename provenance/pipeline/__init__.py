"""The pipeline: paths and options in, findings out. The only package that knows the order of the stages.

It is called ``pipeline`` because :func:`provenance.audit` is a function of the public interface, and a package of that
name would hide it. Importing the package loads no stage: :mod:`auditing <provenance.pipeline.auditing>`,
:mod:`comparing <provenance.pipeline.comparing>`, :mod:`inspecting <provenance.pipeline.inspecting>` and
:mod:`recalling <provenance.pipeline.recalling>` are imported by those who need them.
"""
