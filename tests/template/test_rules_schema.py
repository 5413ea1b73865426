"""The schema of the rules for personal data, tried on the documents that the parser is tried on (shared/tests/pii_rules.rs)."""

import json
import unittest
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parent.parent.parent


class RulesSchema(unittest.TestCase):
    def test_schema_and_parser_agree(self):
        schema = json.loads((ROOT / "config" / "pii.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for line in (ROOT / "tests" / "fixtures" / "rules.jsonl").read_text().splitlines():
            case = json.loads(line)
            # What only a parser can know (does the pattern compile?) passes the schema.
            expected = case["good"] or case.get("schema", False)
            self.assertEqual(validator.is_valid(case["rules"]), expected, line)
        self.assertTrue(validator.is_valid(json.loads((ROOT / "config" / "pii.json").read_text())))


if __name__ == "__main__":
    unittest.main()
