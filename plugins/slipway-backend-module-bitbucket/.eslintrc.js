module.exports = require('../../.eslint/walls')(__dirname);
