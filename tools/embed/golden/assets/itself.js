
import "/assets/itself.js";
