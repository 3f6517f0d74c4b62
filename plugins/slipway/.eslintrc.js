module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // openapi-fetch names its methods after the verbs of HTTP.
    'new-cap': ['error', { capIsNewExceptions: ['GET', 'POST'] }],
  },
});
