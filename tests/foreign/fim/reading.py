"""The FIM sample 99006028261000: what the activities, answers, timers and ends of the two are called in traces."""
import os

from runs import Original, Reader, holds, tidy

CODE = '9.000001'
ORIGINAL = os.path.join(os.path.dirname(__file__), 'original', '99006028261000.bpmn')
POOL = 'process_39239818-2743-4f19-9e03-89d271189b85'
START = '_3974acd9-d88f-4232-b4df-a1e372ec88f8'
# Activities by their numbers in the XProzess file.
NAMES = {
    '_c44a10cf-0b69-481b-b36c-69a0f7641161': '01', '_28441394-6afd-4633-8f4f-6cce9cd4ffc9': '02',
    '_f8b43c65-cc8a-4064-ab39-b77e8db5cd4b': '03', '_c15dd7d3-7d90-45f5-997d-0fee2128ca36': '04',
    '_1169fb06-dae2-43c5-83fd-8e9a241f5a3c': '05', '_4476807b-2e49-4a15-ad62-9f3fee43b40a': '06',
    '_3a5bc1b5-61f4-4d4c-af7f-b1728f919b38': '07', '_89fe1dcd-0a22-4d4e-8def-7a0b24e87884': '08',
    '_8e994dc4-84d6-4089-9eeb-260268e6fb8a': '09', '_0facbbd5-88a0-4989-aaf4-d38437a69ba2': '10',
    '_94d87600-bd90-41e3-95c9-9c8e5bea706c': '11', '_8d7df6f8-49b7-4ae0-997c-022d68640330': '12',
    '_628dc895-624a-40e1-a980-28afbbf2338c': 'TIMER 07', '_61fbccf7-0a32-48e7-94fc-0e538e6050e2': 'TIMER 09',
    '_3f0a4c4b-85f4-454c-8414-3637acd91a87': 'END handled', '_5ae9eab2-488d-4cd8-8af4-c1578739cf87': 'END rejected',
    '_685fd62b-f80e-44b6-a220-870297af1a5e': 'END referred', '_42b07c19-722d-4b42-8e30-7568b95a03f3': 'END fined',
    '_0c440109-07dd-4227-834a-eafee1e7d591': 'END not-fined',
}
# Flows out of diverging gateways; in the original they are labelled ja, nein, and with the three results.
ANSWERS = {
    '_9724f1e6-9671-4939-9c5c-f1590c78cf2b': 'competent? yes', '_2df58225-09f5-4eee-9e5d-839bb9d06f3c': 'competent? no',
    '_07a9d504-0cca-4704-a241-c726703d8c0a': 'formal-errors? yes', '_f2329681-78df-41b5-9f83-2f0facff8117': 'formal-errors? no',
    '_0454ae15-95ba-428a-a57b-6ac7b3558cdc': 'finding? in-order', '_0debde50-3ff9-4666-8986-29fafdbd41af': 'finding? not-required',
    '_a15d8e43-ace5-4d48-a047-2999bc72daed': 'finding? more-needed',
    '_7f396148-7542-48b6-9793-d0531a649d67': 'monitoring? yes', '_4fcee70b-9e5a-453a-a034-3dabcf6ec270': 'monitoring? no',
    '_ba097d1b-e834-4945-87b3-46216110bd37': 'fine? yes', '_a714268d-afe6-4aae-aa33-0609dbecc77a': 'fine? no',
}
ASKS = {'a02': ['competent'], 'a03': ['formal-errors'], 'a04': ['finding'], 'a05': ['monitoring'], 'a11': ['fine']}


class Read(Reader):
    """An outcome stands for the end of that name."""

    def step(self, node, _facts):
        own = node['step']['id']
        return () if own.startswith('end-') else (own[1:],)

    def asks(self, node, _facts):
        return ASKS.get(node['step']['id'], [])

    def after(self, node, facts):
        by_case = node['step']['produces'] or {'general': {'value': []}, 'rules': []}
        value = next((rule['value'] for rule in by_case['rules'] if holds(rule['when']['logic'], facts)), by_case['general'])
        return tuple(f'END {product["id"]}' for product in value['value'] or [])

    def timer(self, node):
        return (f"TIMER {node['step']['id'][1:]}",)


def theirs():
    return {'whole': set(map(tidy, Original(ORIGINAL, POOL).runs(START, NAMES, ANSWERS)))}


def ours(graph):
    return {'whole': {tidy(run) for run, _ in graph.runs(Read())}}
