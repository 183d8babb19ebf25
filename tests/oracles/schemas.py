#!/usr/bin/env python3
"""schemas.py MANIFEST: BPMN files against OMG's BPMN 2.0 schemas, DMN files against OMG's DMN 1.3 schema, OpenCPS files
against that project's import schema. OMG's schemas come with the installed package SpiffWorkflow."""
import os
from lxml import etree
import SpiffWorkflow
from report import Judge, finish, load

SPIFF = os.path.dirname(SpiffWorkflow.__file__)
BPMN_XSD = os.path.join(SPIFF, 'bpmn', 'parser', 'schema', 'BPMN20.xsd')
DMN_XSD = os.path.join(SPIFF, 'dmn', 'parser', 'schema', 'DMN13.xsd')
OPENCPS_XSD = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'opencps', 'opencps_import_schema.xsd')


def validate(name, xsd, files, dist):
    judge = Judge(name)
    schema = etree.XMLSchema(etree.parse(xsd)) if files else None
    for path in files:
        try:
            valid = schema.validate(etree.parse(path))
            causes = [f'line {e.line}: {e.message}' for e in schema.error_log][:5]
        except etree.XMLSyntaxError as e:
            valid, causes = False, [str(e)]
        judge.check(os.path.relpath(path, dist), [] if valid else causes)
    return judge


m = load()
groups = m['groups']
finish(validate('xsd', BPMN_XSD, [p for g in groups for p in g['bpmn'].values()], m['dist']),
       validate('dmn-xsd', DMN_XSD, [g['dmn'] for g in groups if 'dmn' in g], m['dist']),
       validate('opencps', OPENCPS_XSD, [g['opencps'] for g in groups if 'opencps' in g], m['dist']))
