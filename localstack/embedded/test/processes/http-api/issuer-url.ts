export const ISSUER = 'http://localhost:4000/issuer';
