// What `require('express-droplets')` gives: the function itself, also under the names that ES modules import.
const { droplets } = require('../src/index.js');

module.exports = droplets;
module.exports.droplets = droplets;
module.exports.default = droplets;
