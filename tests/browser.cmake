# Journeys through the console in headless Chromium, against the real server.
find_program(CHROMIUM chromium)
if(TALLYSTICK_CONSOLE AND CHROMIUM)
  function(add_browser_test name)
    add_test(NAME browser_${name} COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/tests/browser/${name}_test.mjs)
    set_tests_properties(browser_${name} PROPERTIES TIMEOUT 600 ENVIRONMENT
      "TALLYSTICK=$<TARGET_FILE:tallystick>;CHROMIUM=${CHROMIUM};CONSOLE_PACKAGES=${CMAKE_SOURCE_DIR}/api/console;CONSOLE_PICTURES=${CMAKE_BINARY_DIR}/pictures")
  endfunction()
  add_browser_test(types)
  add_browser_test(shell)
  add_browser_test(verify)
else()
  message(STATUS "No console or no chromium: the journeys in the browser are not run.")
endif()
