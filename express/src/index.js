export { droplets, droplets as default } from './middleware.js';
