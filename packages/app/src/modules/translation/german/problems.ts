/** Problems of a form: what the schema says. What is allowed, and hints, stay in the words of the file and the API. */
export const problems = {
  'problem.schema.missing': '{{place}} fehlt',
  'problem.schema.value': '{{place}} hat einen Wert, der nicht erlaubt ist',
  'problem.schema.format': '{{place}} hat nicht die richtige Form',
  'problem.schema.key': '{{place}} ist ein Schlüssel, der nicht erlaubt ist',
  'problem.schema.unknownKey': '{{place}} hat kein Feld dieses Namens',
  'problem.schema.characters': '{{place}} ist {{length}} Zeichen lang',
  'problem.schema.items': '{{place}} hat {{length}} Einträge',
  'problem.schema.range': '{{place}} liegt außerhalb des Erlaubten',
  'problem.found': 'gefunden: {{found}}',
  'problem.allowed': 'erlaubt: {{allowed}}',
} as const;
