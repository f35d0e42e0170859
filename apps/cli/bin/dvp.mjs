#!/usr/bin/env node
// npm links a program only where it is when packages are installed, which is before the build.
import "../dist/dvp.js";
