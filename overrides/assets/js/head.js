/* Before the first paint: put back what the reader chose on this device. */
(function(r){try{["theme","size","space","font"].forEach(function(n){var v=localStorage.getItem("pe-"+n);v&&r.setAttribute(n=="theme"?"data-md-color-scheme":"data-pe-"+n,v)})}catch(e){}})(document.documentElement)
