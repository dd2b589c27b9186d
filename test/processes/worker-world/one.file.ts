import { findsItsWorld } from './world.ts';

findsItsWorld();
