/** Takes 13 MB more than `main.mjs`, which it stands for: Node loads its compiler for this file. */
import './main.mjs';
